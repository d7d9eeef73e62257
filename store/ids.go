package store

// CustomerID is the number by which the bank knows a customer.
type CustomerID string

// ProductID is the number by which the bank knows a product. Customers know the product by Product.Number.
type ProductID string

// ApplicationID is the bank's number of an application.
type ApplicationID string

// NumberID identifies an activation number without revealing its digits.
type NumberID string
